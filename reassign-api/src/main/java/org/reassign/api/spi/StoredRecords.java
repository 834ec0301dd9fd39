package org.reassign.api.spi;

import java.util.List;
import org.reassign.api.model.InFlight;

/**
 * The records that a layout found.
 *
 * @param records those that could be read, ordered by partition
 * @param faults one sentence for each that could not, naming the path
 */
public record StoredRecords(List<InFlight> records, List<String> faults) {}
