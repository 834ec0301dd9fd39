/** ZooKeeper as the framework sees it: one small asynchronous port, implemented in memory and over Curator. */
package org.reassign.api.zk;
