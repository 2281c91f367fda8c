package sdk

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"testing"
	"time"
)

func Test_Signatures(t *testing.T) {
	now := time.Unix(1791192604, 0)
	body := []byte(`{"id":"evt_1"}`)
	signed := func(stamp, secret string) string {
		mac := hmac.New(sha256.New, []byte(secret))
		mac.Write(append([]byte(stamp+"."), body...))
		return fmt.Sprintf("t=%s,v1=%s", stamp, hex.EncodeToString(mac.Sum(nil)))
	}
	for name, each := range map[string]struct {
		header  string
		secrets []string
		isGood  bool
	}{
		"right":           {signed("1791192604", "one"), []string{"one"}, true},
		"second secret":   {signed("1791192604", "two"), []string{"one", "two"}, true},
		"two signatures":  {signed("1791192604", "one") + ",v1=00", []string{"one"}, true},
		"wrong":           {signed("1791192604", "two"), []string{"one"}, false},
		"old":             {signed("1791192000", "one"), []string{"one"}, false},
		"from the future": {signed("1791193604", "one"), []string{"one"}, false},
		"no time":         {"v1=00", []string{"one"}, false},
		"empty secret":    {signed("1791192604", ""), []string{""}, false},
		"nothing":         {"", []string{"one"}, false},
	} {
		err := verifySignature(body, each.header, each.secrets, now)
		if (err == nil) != each.isGood || !each.isGood && !errors.Is(err, ErrSignature) {
			t.Errorf("%s: found %v", name, err)
		}
	}
}
