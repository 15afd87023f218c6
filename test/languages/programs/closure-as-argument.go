package main

func outer(name string, rows Rows) any {
	return rows.each(func(id string) string {
		return name + id
	})
}
