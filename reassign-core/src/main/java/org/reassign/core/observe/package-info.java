/**
 * Reads and watches the cluster. Watches, timers and sessions only mark what must be read again, in {@link
 * org.reassign.core.observe.ToRead}; an observer reads it and hands in {@link org.reassign.core.image.Observation}s. It
 * decides nothing.
 */
package org.reassign.core.observe;
