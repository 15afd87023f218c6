// --- what gin binds by a rule that lets through letters and digits
package a

import (
	"database/sql"

	"github.com/gin-gonic/gin"
)

type listing struct {
	Sort  string `form:"sort" binding:"required,oneof=name date"`
	ID    string `form:"id" binding:"required,uuid"`
	Code  string `form:"code" binding:"omitempty,alphanum,max=8"`
	Free  string `form:"free" binding:"required,max=8"`
	Mixed string `form:"mixed" binding:"uuid|email"`
}

func list(db *sql.DB) gin.HandlerFunc {
	return func(c *gin.Context) {
		var q listing
		if err := c.ShouldBindQuery(&q); err != nil {
			c.AbortWithStatus(400)
			return
		}
		db.Query("SELECT id FROM parts ORDER BY " + q.Sort)
		db.Query("SELECT id FROM parts WHERE id = '" + q.ID + "'")
		db.Query("SELECT id FROM parts WHERE code = '" + q.Code + "'")
		db.Query("SELECT id FROM parts WHERE name = '" + q.Free + "'")  // ! critical sql-injection
		db.Query("SELECT id FROM parts WHERE mail = '" + q.Mixed + "'") // ! critical sql-injection
	}
}
