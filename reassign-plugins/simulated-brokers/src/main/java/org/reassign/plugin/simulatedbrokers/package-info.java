/**
 * Brokers that live in this process and behave towards ZooKeeper and a controller as Kafka brokers do at inter-broker
 * protocol 2.6. They hold no messages, only sizes: a replica is a number of bytes on a broker's disk.
 */
package org.reassign.plugin.simulatedbrokers;
