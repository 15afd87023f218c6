package main

type User struct {
	name string
	age  int
	tags []string
	by   map[string]Role
}

func show(user *User, at time.Time, names map[string]string) []User {
}
