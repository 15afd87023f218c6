package httpapi

import "testing"

func TestSeatCode(t *testing.T) {
	for code, want := range map[string]bool{"A1": true, "AB120": true, "a1": false, "A1;": false, "": false} {
		if seatCode.MatchString(code) != want {
			t.Errorf("%q", code)
		}
	}
}
