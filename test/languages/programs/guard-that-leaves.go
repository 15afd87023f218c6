package main

func check(user User, owner string) {
	if !user.active || user.id != owner && owner != "" {
		return
	}
	remove(user.id)
}
