package main

func count(n int) {
	for i := 0; i < n; i++ {
		if i == 3 {
			break
		}
		note(i)
	}
}
