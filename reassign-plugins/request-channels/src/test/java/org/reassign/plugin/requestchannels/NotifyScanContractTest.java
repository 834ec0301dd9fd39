package org.reassign.plugin.requestchannels;

import org.reassign.api.spi.RequestChannel;
import org.reassign.testkit.RequestChannelContract;

class NotifyScanContractTest implements RequestChannelContract {
    @Override
    public RequestChannel channel() {
        return new NotifyScan();
    }

    @Override
    public boolean ordersByCreation() {
        return false;
    }

    @Override
    public boolean refusesWhatNobodyCanRead() {
        return false;
    }
}
