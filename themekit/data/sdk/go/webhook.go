package sdk

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ErrSignature is what VerifyWebhook returns for a signature that is wrong or old.
var ErrSignature = errors.New("the signature is wrong or old")

// webhookTolerance is how old a signature may be.
const webhookTolerance = 5 * time.Minute

// verifySignature checks a header such as t=1791192604,v1=5f8d…: the HMAC-SHA256
// of the time, a full stop and the body. One of the secrets must fit.
func verifySignature(body []byte, header string, secrets []string, now time.Time) error {
	var stamp string
	var given [][]byte
	for _, each := range strings.Split(header, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(each), "=")
		switch name {
		case "t":
			stamp = value
		case "v1":
			if signature, err := hex.DecodeString(value); err == nil {
				given = append(given, signature)
			}
		}
	}
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return fmt.Errorf("%w: it has no time", ErrSignature)
	}
	if age := now.Sub(time.Unix(seconds, 0)); age > webhookTolerance || age < -webhookTolerance {
		return fmt.Errorf("%w: its time is too far from now", ErrSignature)
	}
	isGenuine := false
	for _, secret := range secrets {
		if secret == "" {
			continue
		}
		mac := hmac.New(sha256.New, []byte(secret))
		mac.Write([]byte(stamp + "."))
		mac.Write(body)
		expected := mac.Sum(nil)
		for _, each := range given {
			isGenuine = hmac.Equal(each, expected) || isGenuine
		}
	}
	if !isGenuine {
		return fmt.Errorf("%w: no secret fits", ErrSignature)
	}
	return nil
}
