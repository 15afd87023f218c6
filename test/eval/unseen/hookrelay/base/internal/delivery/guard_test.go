package delivery

import (
	"net/netip"
	"testing"
)

func TestGuardAllows(t *testing.T) {
	g := NewGuard()
	for addr, want := range map[string]bool{
		"93.184.216.34":   true,
		"127.0.0.1":       false,
		"10.1.2.3":        false,
		"169.254.169.254": false,
		"100.64.0.9":      false,
		"::1":             false,
		"fd00::1":         false,
		"2606:4700::1111": true,
	} {
		if got := g.allows(netip.MustParseAddr(addr)); got != want {
			t.Errorf("allows(%s) = %v", addr, got)
		}
	}
}
