// The calls of libsrtp 3 that the mediasoup worker makes, on top of Debian's libsrtp 2.
//
// libsrtp 3 made the policy opaque and protects from one buffer into another; libsrtp 2 has an open struct and
// works in place. The ciphers are the same. The names of version 3 are defined as macros at the end, after the
// functions below have used those of version 2.
#pragma once

#include <srtp2/srtp.h>

#include <cstdlib>
#include <cstring>

// Status codes that version 2 does not have; the worker only prints them.
#define srtp_err_status_buffer_small (srtp_err_status_t)(28)
#define srtp_err_status_cryptex_err (srtp_err_status_t)(29)

struct srtp3_policy
{
	srtp_policy_t inner;
	// Version 2 keeps a pointer to the caller's key; version 3 copies it.
	unsigned char key[SRTP_MAX_KEY_LEN];
};

using srtp3_policy_t = srtp3_policy*;

static inline srtp_err_status_t srtp_policy_create(srtp3_policy_t* policy)
{
	*policy = static_cast<srtp3_policy_t>(calloc(1, sizeof(srtp3_policy)));

	if (!*policy)
	{
		return srtp_err_status_alloc_fail;
	}

	(*policy)->inner.key = (*policy)->key;

	return srtp_err_status_ok;
}

static inline void srtp_policy_destroy(srtp3_policy_t policy)
{
	if (policy)
	{
		// The key must not stay in freed memory.
		explicit_bzero(policy, sizeof(*policy));
		free(policy);
	}
}

static inline srtp_err_status_t srtp_policy_set_ssrc(srtp3_policy_t policy, srtp_ssrc_t ssrc)
{
	policy->inner.ssrc = ssrc;

	return srtp_err_status_ok;
}

static inline srtp_err_status_t srtp_policy_set_profile(srtp3_policy_t policy, srtp_profile_t profile)
{
	const auto status = srtp_crypto_policy_set_from_profile_for_rtp(&policy->inner.rtp, profile);

	if (status != srtp_err_status_ok)
	{
		return status;
	}

	return srtp_crypto_policy_set_from_profile_for_rtcp(&policy->inner.rtcp, profile);
}

// The last two arguments are the master key identifier, which the worker does not use.
static inline srtp_err_status_t srtp_policy_add_key(
  srtp3_policy_t policy,
  const uint8_t* key,
  size_t keyLength,
  const uint8_t* salt,
  size_t saltLength,
  const uint8_t* /*mki*/,
  size_t /*mkiLength*/)
{
	if (keyLength + saltLength > sizeof(policy->key))
	{
		return srtp_err_status_bad_param;
	}

	memcpy(policy->key, key, keyLength);
	memcpy(policy->key + keyLength, salt, saltLength);

	return srtp_err_status_ok;
}

static inline srtp_err_status_t srtp_policy_set_allow_repeat_tx(srtp3_policy_t policy, bool allow)
{
	policy->inner.allow_repeat_tx = allow;

	return srtp_err_status_ok;
}

static inline srtp_err_status_t srtp_policy_set_window_size(srtp3_policy_t policy, size_t size)
{
	policy->inner.window_size = static_cast<unsigned long>(size);

	return srtp_err_status_ok;
}

static inline srtp_err_status_t srtp3_create(srtp_t* session, srtp3_policy_t policy)
{
	return srtp_create(session, &policy->inner);
}

// Copies into the caller's buffer, then lets the version 2 function work there in place.
template<typename Transform>
static inline srtp_err_status_t srtp3_transform(
  Transform transform, srtp_t session, const uint8_t* in, size_t inLength, uint8_t* out, size_t* outLength)
{
	if (in != out)
	{
		memcpy(out, in, inLength);
	}

	auto length       = static_cast<int>(inLength);
	const auto status = transform(session, out, &length);

	*outLength = static_cast<size_t>(length);

	return status;
}

static inline srtp_err_status_t srtp3_protect(
  srtp_t session, const uint8_t* in, size_t inLength, uint8_t* out, size_t* outLength, size_t /*mkiIndex*/)
{
	if (*outLength < inLength + SRTP_MAX_TRAILER_LEN)
	{
		return srtp_err_status_buffer_small;
	}

	return srtp3_transform(srtp_protect, session, in, inLength, out, outLength);
}

static inline srtp_err_status_t srtp3_unprotect(
  srtp_t session, const uint8_t* in, size_t inLength, uint8_t* out, size_t* outLength)
{
	return srtp3_transform(srtp_unprotect, session, in, inLength, out, outLength);
}

static inline srtp_err_status_t srtp3_protect_rtcp(
  srtp_t session, const uint8_t* in, size_t inLength, uint8_t* out, size_t* outLength, size_t /*mkiIndex*/)
{
	// SRTCP adds an index of 32 bits before the tag.
	if (*outLength < inLength + SRTP_MAX_TRAILER_LEN + sizeof(uint32_t))
	{
		return srtp_err_status_buffer_small;
	}

	return srtp3_transform(srtp_protect_rtcp, session, in, inLength, out, outLength);
}

static inline srtp_err_status_t srtp3_unprotect_rtcp(
  srtp_t session, const uint8_t* in, size_t inLength, uint8_t* out, size_t* outLength)
{
	return srtp3_transform(srtp_unprotect_rtcp, session, in, inLength, out, outLength);
}

// The worker passes the number in network order, which is what version 2 expects.
static inline srtp_err_status_t srtp_stream_remove(srtp_t session, uint32_t ssrc)
{
	return srtp_remove_stream(session, ssrc);
}

#define srtp_policy_t srtp3_policy_t
#define srtp_create srtp3_create
#define srtp_protect srtp3_protect
#define srtp_unprotect srtp3_unprotect
#define srtp_protect_rtcp srtp3_protect_rtcp
#define srtp_unprotect_rtcp srtp3_unprotect_rtcp
