/** Values of the protocol: partitions, replicas, records, answers, {@code state}. Immutable, without I/O. */
package org.reassign.api.model;
