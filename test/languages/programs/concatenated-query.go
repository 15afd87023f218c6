package main

func find(id string) string {
	query := "SELECT * FROM t WHERE id = " + id + " LIMIT 1"
	return run(query, 1)
}
