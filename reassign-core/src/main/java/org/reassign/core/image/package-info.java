/**
 * The cluster as last observed, each fact once. {@link org.reassign.core.image.ClusterImage} is immutable; {@link
 * org.reassign.core.image.Reconciler} takes it and an {@link org.reassign.core.image.Observation}, which is the only way
 * to change it, and gives the next image with the {@link org.reassign.core.image.Fact}s that the difference means. Pure:
 * no clock, logger, thread, random or I/O.
 */
package org.reassign.core.image;
