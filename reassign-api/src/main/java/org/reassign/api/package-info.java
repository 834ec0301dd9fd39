/**
 * How stable the types of this module are: every public one is {@link org.reassign.api.Stable} or {@link
 * org.reassign.api.Evolving}; types nested in one are as stable as it is.
 */
package org.reassign.api;
