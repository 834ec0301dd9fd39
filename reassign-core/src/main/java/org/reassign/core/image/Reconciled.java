package org.reassign.core.image;

import java.util.List;

/**
 * The result of an observation.
 *
 * @param image the next image
 * @param facts the meanings of the difference, in order
 */
public record Reconciled(ClusterImage image, List<Fact> facts) {}
