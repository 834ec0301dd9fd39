package org.reassign.plugin.kafkabrokers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.reassign.api.model.Broker;
import org.reassign.api.model.TopicPartition;

/** Clients of a real cluster: numbered records in and out. */
record Traffic(List<Broker> brokers) {
    private Map<String, Object> properties(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(more);
        all.put(
                "bootstrap.servers",
                brokers.stream()
                        .map(broker -> broker.endpoints().get(0))
                        .map(endpoint -> endpoint.host() + ":" + endpoint.port())
                        .toList());
        return all;
    }

    void createTopic(TopicPartition partition, List<Integer> replicas) {
        try (Admin admin = Admin.create(properties(Map.of()))) {
            admin.createTopics(List.of(new NewTopic(partition.topic(), Map.of(partition.partition(), replicas))))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    void produce(TopicPartition partition, int from, int count) {
        Map<String, Object> acknowledged = properties(Map.of("acks", "all"));
        try (KafkaProducer<Integer, Integer> producer =
                new KafkaProducer<>(acknowledged, new IntegerSerializer(), new IntegerSerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int number = from; number < from + count; number++) {
                sent.add(producer.send(new ProducerRecord<>(partition.topic(), partition.partition(), number, number)));
            }
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** How many records are read in a row from the beginning, each the number after the one before. */
    int consume(TopicPartition partition, int atMost) {
        var read = new org.apache.kafka.common.TopicPartition(partition.topic(), partition.partition());
        try (KafkaConsumer<Integer, Integer> consumer = new KafkaConsumer<>(
                properties(Map.of("enable.auto.commit", "false")),
                new IntegerDeserializer(),
                new IntegerDeserializer())) {
            consumer.assign(List.of(read));
            consumer.seekToBeginning(List.of(read));
            int next = 0;
            while (next < atMost) {
                for (var record : consumer.poll(Duration.ofSeconds(20))) {
                    if (record.value() != next) {
                        return next;
                    }
                    next++;
                }
            }
            return next;
        }
    }
}
