/** The ZooKeeper port over a real ZooKeeper, and one to embed. */
package org.reassign.zk;
