// Judges what run-cross-check.ts has written down with golang.org/x/mod: notes and keys with sumdb/note; roots,
// inclusion and consistency with sumdb/tlog. Its ParseTree knows one header only, so the three lines of a
// checkpoint are read here.
package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type question struct {
	Vkeys   []string
	Entries [][]byte
	Notes   []struct {
		Size int64
		Note []byte
	}
	Inclusion []struct {
		Index int64
		Proof [][]byte
	}
	Consistency []struct {
		Size  int64
		Proof [][]byte
	}
}

func must[T any](value T, err error) T {
	if err != nil {
		fail("%v", err)
	}
	return value
}

func fail(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "DIFFERS: "+format+"\n", args...)
	os.Exit(1)
}

func hashes(list [][]byte) []tlog.Hash {
	out := make([]tlog.Hash, len(list))
	for i, b := range list {
		if copy(out[i][:], b) != tlog.HashSize || len(b) != tlog.HashSize {
			fail("a hash of %d bytes", len(b))
		}
	}
	return out
}

func main() {
	var q question
	if err := json.Unmarshal(must(os.ReadFile(os.Args[1])), &q); err != nil {
		fail("%v", err)
	}
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, x := range indexes {
			out[i] = stored[x]
		}
		return out, nil
	})
	for i, entry := range q.Entries {
		stored = append(stored, must(tlog.StoredHashes(int64(i), entry, reader))...)
	}
	size := int64(len(q.Entries))
	root := must(tlog.TreeHash(size, reader))

	var verifiers []note.Verifier
	for _, vkey := range q.Vkeys {
		verifiers = append(verifiers, must(note.NewVerifier(vkey)))
	}
	for _, n := range q.Notes {
		opened := must(note.Open(n.Note, note.VerifierList(verifiers...)))
		lines := strings.SplitN(opened.Text, "\n", 4)
		if len(lines) != 4 || lines[0] != verifiers[0].Name() || lines[1] != strconv.FormatInt(n.Size, 10) {
			fail("checkpoint of size %d has other lines", n.Size)
		}
		if n.Size < 0 || n.Size > size {
			fail("checkpoint of size %d covers more than the %d entries", n.Size, size)
		}
		want := must(tlog.TreeHash(n.Size, reader))
		if lines[2] != base64.StdEncoding.EncodeToString(want[:]) {
			fail("checkpoint of size %d has another root", n.Size)
		}
	}
	for _, p := range q.Inclusion {
		if err := tlog.CheckRecord(hashes(p.Proof), size, root, p.Index, tlog.RecordHash(q.Entries[p.Index])); err != nil {
			fail("inclusion of %d: %v", p.Index, err)
		}
	}
	for _, p := range q.Consistency {
		if err := tlog.CheckTree(hashes(p.Proof), size, root, p.Size, must(tlog.TreeHash(p.Size, reader))); err != nil {
			fail("consistency from %d: %v", p.Size, err)
		}
	}
	fmt.Printf("AGREES: %d entries, root %s, %d checkpoints, %d inclusion and %d consistency proofs\n",
		size, root, len(q.Notes), len(q.Inclusion), len(q.Consistency))
}
