package main

func pick(kind string) string {
	found := ""
	if kind == "a" {
		found = first()
	} else if kind == "b" {
		found = second()
	} else {
		found = kind
	}
	return found
}
