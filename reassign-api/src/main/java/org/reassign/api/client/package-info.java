/**
 * What a program uses to reassign partitions: hand in, cancel, list, describe, wait. The methods follow Kafka's Admin client
 * (KIP-240, KIP-455). An implementation is in {@code org.reassign.core.client}.
 */
package org.reassign.api.client;
