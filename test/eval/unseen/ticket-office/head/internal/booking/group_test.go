package booking

import (
	"errors"
	"fmt"
	"slices"
	"testing"
)

func TestGroupSeats(t *testing.T) {
	got, err := groupSeats([]string{"B2", "A1", "A10"})
	if err != nil || !slices.Equal(got, []string{"A1", "A10", "B2"}) {
		t.Fatalf("%v, %v", got, err)
	}

	many := make([]string, maxGroup+1)
	for i := range many {
		many[i] = fmt.Sprintf("A%d", i)
	}
	for _, seats := range [][]string{nil, {"A1"}, {"A1", "A1"}, many} {
		if _, err := groupSeats(seats); !errors.Is(err, ErrGroupSize) {
			t.Errorf("%v: %v", seats, err)
		}
	}
}

func TestGroupPrice(t *testing.T) {
	for _, c := range []struct {
		count int
		want  int64
	}{{2, 5000}, {9, 22500}, {10, 22500}, {20, 45000}} {
		if got := groupPrice(2500, c.count); got != c.want {
			t.Errorf("%d seats: %d", c.count, got)
		}
	}
}

func TestAmountDue(t *testing.T) {
	if amountDue(2500, 1000) != 1500 || amountDue(2500, 3000) != 0 {
		t.Error("wrong amount")
	}
}
