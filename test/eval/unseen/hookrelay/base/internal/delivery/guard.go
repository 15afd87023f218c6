package delivery

import (
	"fmt"
	"net/netip"
	"syscall"
)

// Guard decides which addresses deliveries may connect to.
type Guard struct{ blocked []netip.Prefix }

func NewGuard() *Guard {
	g := &Guard{}
	for _, p := range []string{"100.64.0.0/10", "192.0.0.0/24", "198.18.0.0/15", "240.0.0.0/4", "64:ff9b::/96", "2002::/16"} {
		g.blocked = append(g.blocked, netip.MustParsePrefix(p))
	}
	return g
}

// Control runs after name resolution, once for each address that is tried.
func (g *Guard) Control(_, address string, _ syscall.RawConn) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	if !g.allows(ap.Addr().Unmap()) {
		return fmt.Errorf("delivery: address %s is not allowed", ap.Addr())
	}
	return nil
}

func (g *Guard) allows(a netip.Addr) bool {
	if !a.IsGlobalUnicast() || a.IsPrivate() {
		return false
	}
	for _, p := range g.blocked {
		if p.Contains(a) {
			return false
		}
	}
	return true
}
