package org.reassign.api.spi;

import java.util.Optional;
import org.reassign.api.Evolving;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;

/**
 * One partition's record and assigned replicas after a write.
 *
 * @param partition the partition's number
 * @param assigned the assigned replicas afterwards
 * @param record the record afterwards; empty where the partition is no longer in flight
 */
@Evolving(since = "1.0")
public record RecordChange(int partition, Replicas assigned, Optional<ReassignmentRecord> record) {}
