package fleet

import "testing"

func TestLowestFree(t *testing.T) {
	for _, test := range []struct {
		used []int32
		want int32
	}{
		{nil, 1},
		{[]int32{1, 2, 3}, 4},
		{[]int32{2, 3}, 1},
		{[]int32{1, 2, 4}, 3},
		{[]int32{1, 1, 2}, 3},
	} {
		if got := lowestFree(test.used); got != test.want {
			t.Errorf("lowestFree(%v) = %d, want %d", test.used, got, test.want)
		}
	}
}
