// --- records of franz-go
package main

import (
	"context"
	"os/exec"

	"github.com/twmb/franz-go/pkg/kgo"
)

func run(ctx context.Context) error {
	client, err := kgo.NewClient(kgo.SeedBrokers("b:9092"), kgo.ConsumeTopics("pictures"))
	if err != nil {
		return err
	}
	for {
		fetches := client.PollFetches(ctx)
		iter := fetches.RecordIter()
		for !iter.Done() {
			record := iter.Next()
			exec.Command("sh", "-c", "convert "+string(record.Value)).Run() // ! critical command-injection
			exec.Command("convert", "in/"+record.Topic+".png").Run()
		}
		fetches.EachRecord(func(r *kgo.Record) {
			exec.Command("sh", "-c", "convert "+string(r.Key)).Run() // ! critical command-injection
		})
	}
}

// --- messages of segmentio, sarama and confluent
package main

import (
	"context"
	"database/sql"
	"os/exec"

	"github.com/IBM/sarama"
	ck "github.com/confluentinc/confluent-kafka-go/v2/kafka"
	"github.com/segmentio/kafka-go"
)

func read(ctx context.Context, db *sql.DB) error {
	reader := kafka.NewReader(kafka.ReaderConfig{Brokers: []string{"b:9092"}, Topic: "pictures"})
	for {
		m, err := reader.ReadMessage(ctx)
		if err != nil {
			return err
		}
		db.ExecContext(ctx, "insert into pictures (name) values ('"+string(m.Value)+"')") // ! critical sql-injection
		db.ExecContext(ctx, "insert into pictures (name) values ($1)", m.Value)
	}
}

type worker struct{}

func (w *worker) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for msg := range claim.Messages() {
		exec.Command("sh", "-c", "convert "+string(msg.Value)).Run() // ! critical command-injection
		session.MarkMessage(msg, "")
	}
	return nil
}

func confluent() error {
	consumer, err := ck.NewConsumer(&ck.ConfigMap{"group.id": "g"})
	if err != nil {
		return err
	}
	for {
		m, err := consumer.ReadMessage(-1)
		if err != nil {
			return err
		}
		exec.Command("sh", "-c", "convert "+string(m.Value)).Run() // ! critical command-injection
		exec.Command("convert", "in.png", "out.png").Run()
	}
}

// --- messages of SQS
package main

import (
	"context"
	"os/exec"

	"github.com/aws/aws-sdk-go-v2/service/sqs"
)

func run(ctx context.Context, client *sqs.Client, url string) error {
	out, err := client.ReceiveMessage(ctx, &sqs.ReceiveMessageInput{QueueUrl: &url})
	if err != nil {
		return err
	}
	for _, m := range out.Messages {
		exec.Command("sh", "-c", "convert "+*m.Body).Run() // ! critical command-injection
		exec.Command("convert", "in.png", *m.MessageId).Run()
	}
	return nil
}
