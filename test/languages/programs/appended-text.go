package main

func build(rows []string, deep int) string {
	out := "it's \"\u00e9\"\n\t\\"
	for deep < 3 {
		out += rows[deep]
		deep = deep + 1
	}
	return out
}
