/** Brokers of Kafka's own as JVMs on this machine, for runs and tests: started, filled, disturbed and ended. */
package org.reassign.plugin.kafkabrokers.cluster;
