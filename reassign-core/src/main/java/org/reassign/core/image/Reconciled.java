package org.reassign.core.image;

import java.util.List;

/**
 * What came of an observation.
 *
 * @param image the image since
 * @param facts what the difference means, in order
 */
public record Reconciled(ClusterImage image, List<Fact> facts) {}
