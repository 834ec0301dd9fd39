/**
 * Replication throttles of reassignments: Kafka's configurations, and the leases in ZooKeeper that say what was set, what stood
 * there before, and for which partitions, so that anybody can take them off again.
 */
package org.reassign.core.throttle;
