package main

func order(by string) string {
	switch by {
	case "name", "id":
		return by
	case "date":
		note(by)
	default:
		return "id"
	}
	return "date"
}
