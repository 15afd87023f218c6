package main

func list(table string) {
	db.connect("x", true).of(table).rows[0].cells["id"].send(-size, 2.5, !table)
	db.count = db.count - 1
	db.names[table] = other[0]
}
