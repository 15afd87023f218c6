package main

func load(id string) {
	row, problem := query(id)
	if problem != nil {
		return
	}
	use(row)
}
