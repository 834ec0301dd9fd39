/** Real ZooKeeper-mode Kafka brokers, up to 3.9 and at inter-broker protocol 2.6 or lower, commanded as their controller. */
package org.reassign.plugin.kafkabrokers;
