package org.reassign.testkit;

/** What every {@link org.reassign.api.zk.ZkPort} has to keep: its javadoc, as tests. */
public interface ZkPortContract
        extends ZkReadContract,
                ZkWriteContract,
                ZkTransactionContract,
                ZkWatchContract,
                ZkUnwatchContract,
                ZkRecursiveWatchContract,
                ZkSessionContract,
                ZkSizeContract {}
