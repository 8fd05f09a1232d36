namespace HostingOps;

/// <summary>Every error id that HostingOps uses. Scripts test for these; a name never changes its meaning.</summary>
public static class ErrorIds
{
    /// <summary>No inventory at -InventoryPath, $env:HOSTINGOPS_INVENTORY or ./hosting.yml.</summary>
    public const string InventoryNotFound = nameof(InventoryNotFound);

    /// <summary>The inventory has findings of severity Error.</summary>
    public const string InventoryInvalid = nameof(InventoryInvalid);

    /// <summary>The inventory file exists but cannot be read.</summary>
    public const string InventoryUnreadable = nameof(InventoryUnreadable);

    /// <summary>The file to write exists and -Force was not given.</summary>
    public const string FileExists = nameof(FileExists);

    /// <summary>A file could not be written.</summary>
    public const string FileWriteFailed = nameof(FileWriteFailed);

    /// <summary>The zone file cannot be read: it is not there, or may not be opened.</summary>
    public const string ZoneFileUnreadable = nameof(ZoneFileUnreadable);

    /// <summary>The zone file is not what Route 53 could hold; the message names each line and column.</summary>
    public const string ZoneFileInvalid = nameof(ZoneFileInvalid);

    /// <summary>No site of that name in the inventory.</summary>
    public const string SiteNotFound = nameof(SiteNotFound);

    /// <summary>No host of that name in the inventory, or not one of the site's two.</summary>
    public const string HostNotFound = nameof(HostNotFound);

    /// <summary>No AWS credentials in the credential chain.</summary>
    public const string AwsCredentialsMissing = nameof(AwsCredentialsMissing);

    /// <summary>AWS says that the credentials are expired or wrong.</summary>
    public const string AwsCredentialsInvalid = nameof(AwsCredentialsInvalid);

    /// <summary>The named AWS profile does not exist.</summary>
    public const string AwsProfileNotFound = nameof(AwsProfileNotFound);

    /// <summary>The AWS service needs a region and none is set.</summary>
    public const string AwsRegionMissing = nameof(AwsRegionMissing);

    /// <summary>AWS says that the caller lacks a permission.</summary>
    public const string AwsAccessDenied = nameof(AwsAccessDenied);

    /// <summary>The AWS endpoint did not answer.</summary>
    public const string AwsEndpointUnreachable = nameof(AwsEndpointUnreachable);

    /// <summary>AWS kept throttling after the retries.</summary>
    public const string AwsThrottled = nameof(AwsThrottled);

    /// <summary>AWS refused the request for another reason.</summary>
    public const string AwsRequestFailed = nameof(AwsRequestFailed);

    /// <summary>The endpoint answered something that is not an AWS answer.</summary>
    public const string AwsAnswerUnreadable = nameof(AwsAnswerUnreadable);

    /// <summary>The hosted zone of the inventory is not in the account.</summary>
    public const string HostedZoneNotFound = nameof(HostedZoneNotFound);

    /// <summary>The account has more than one public hosted zone of that name.</summary>
    public const string HostedZoneAmbiguous = nameof(HostedZoneAmbiguous);

    /// <summary>The record is not what the plan saw; nothing was changed.</summary>
    public const string RecordConflict = nameof(RecordConflict);

    /// <summary>The record cannot be switched (a routing policy, an alias, or a name outside the zone).</summary>
    public const string RecordNotSwitchable = nameof(RecordNotSwitchable);

    /// <summary>The change may or may not have happened, and reading again did not tell.</summary>
    public const string ChangeOutcomeUnknown = nameof(ChangeOutcomeUnknown);

    /// <summary>Route 53 did not report INSYNC in time.</summary>
    public const string ChangeNotInSync = nameof(ChangeNotInSync);

    /// <summary>An authoritative server, or the site, does not answer as the switch left it.</summary>
    public const string VerificationFailed = nameof(VerificationFailed);

    /// <summary>A gate refused the failover.</summary>
    public const string FailoverRefused = nameof(FailoverRefused);

    /// <summary>That gate can't be overridden, or the override came without a reason.</summary>
    public const string OverrideNotAllowed = nameof(OverrideNotAllowed);

    /// <summary>The plan is older than it may be, or was made from another inventory.</summary>
    public const string PlanStale = nameof(PlanStale);

    /// <summary>Another process is working on the site.</summary>
    public const string SiteBusy = nameof(SiteBusy);

    /// <summary>No operation of that id in the journal.</summary>
    public const string OperationNotFound = nameof(OperationNotFound);

    /// <summary>The operation is not in a state from which it can be resumed.</summary>
    public const string OperationNotResumable = nameof(OperationNotResumable);

    /// <summary>The operation is not in a state from which it can be undone.</summary>
    public const string OperationNotUndoable = nameof(OperationNotUndoable);

    /// <summary>A hook ended with a non-zero exit code or could not be started.</summary>
    public const string HookFailed = nameof(HookFailed);

    /// <summary>A hook ran longer than its timeout and was killed.</summary>
    public const string HookTimedOut = nameof(HookTimedOut);

    /// <summary>The state database is not a HostingOps database, or is damaged.</summary>
    public const string StateCorrupt = nameof(StateCorrupt);

    /// <summary>The state database cannot be opened or written: permissions, a full disk, a lock.</summary>
    public const string StateUnavailable = nameof(StateUnavailable);

    /// <summary>The state database was written by a newer HostingOps.</summary>
    public const string StateTooNew = nameof(StateTooNew);

    /// <summary>The hash chain of the journal is broken: an entry was edited or removed.</summary>
    public const string JournalTampered = nameof(JournalTampered);

    /// <summary>A DNS server did not answer, or answered what can't be read.</summary>
    public const string DnsQueryFailed = nameof(DnsQueryFailed);

    /// <summary>A domain, alias or setting cannot stand in a redirector's configuration, or there is nothing to redirect.</summary>
    public const string ApexRedirectInvalid = nameof(ApexRedirectInvalid);

    /// <summary>The server refuses the redirector's configuration.</summary>
    public const string ApexConfigRejected = nameof(ApexConfigRejected);

    /// <summary>The file on the redirector was edited by hand, or something else wrote it. Nothing was changed.</summary>
    public const string ApexConfigEdited = nameof(ApexConfigEdited);

    /// <summary>Another publish to the redirector is under way. Nothing was changed.</summary>
    public const string ApexPublishBusy = nameof(ApexPublishBusy);

    /// <summary>The file on the redirector is not the one that the plan saw. Nothing was changed.</summary>
    public const string ApexPublishConflict = nameof(ApexPublishConflict);

    /// <summary>The redirector's configuration could not be read or written there. Nothing was changed.</summary>
    public const string ApexPublishFailed = nameof(ApexPublishFailed);

    /// <summary>The new configuration failed its test, reload or verification; the former one is back.</summary>
    public const string ApexPublishRolledBack = nameof(ApexPublishRolledBack);

    /// <summary>ssh did not connect, was not let in, or lost its connection.</summary>
    public const string SshConnectionFailed = nameof(SshConnectionFailed);

    /// <summary>The host's key is not in known_hosts, or is another one.</summary>
    public const string SshHostKeyRejected = nameof(SshHostKeyRejected);

    /// <summary>The inventory has no apex section, so that it is not known which Elastic IP is meant.</summary>
    public const string ApexNotConfigured = nameof(ApexNotConfigured);

    /// <summary>The account has no such Elastic IP in the region.</summary>
    public const string ElasticIpNotFound = nameof(ElasticIpNotFound);

    /// <summary>A condition of the move refused. Nothing was changed.</summary>
    public const string ElasticIpMoveRefused = nameof(ElasticIpMoveRefused);

    /// <summary>The Elastic IP is not where the plan saw it: somebody else has moved it.</summary>
    public const string ElasticIpConflict = nameof(ElasticIpConflict);

    /// <summary>Another process of this machine moves the same Elastic IP.</summary>
    public const string ElasticIpBusy = nameof(ElasticIpBusy);

    /// <summary>The Elastic IP is moved, but does not answer from its new instance.</summary>
    public const string ElasticIpNotProven = nameof(ElasticIpNotProven);

    /// <summary>The account has no such EC2 instance in the region.</summary>
    public const string InstanceNotFound = nameof(InstanceNotFound);

    /// <summary>An EC2 instance could not be launched, or did not reach its running state.</summary>
    public const string InstanceNotStarted = nameof(InstanceNotStarted);

    /// <summary>EC2 has no capacity for the instance in that availability zone.</summary>
    public const string InsufficientCapacity = nameof(InsufficientCapacity);

    /// <summary>No machine image of that owner and name can be launched.</summary>
    public const string ImageNotFound = nameof(ImageNotFound);

    /// <summary>A condition of the redirector's recovery refused. Nothing was launched or moved.</summary>
    public const string ApexRecoveryRefused = nameof(ApexRecoveryRefused);

    /// <summary>A new redirector runs and does not serve. The address was not moved.</summary>
    public const string RedirectorNotServing = nameof(RedirectorNotServing);

    /// <summary>A new instance's console does not show its ssh host keys, or not clearly. Nothing was sent to it, and no address was moved.</summary>
    public const string HostKeysNotFound = nameof(HostKeysNotFound);

    /// <summary>Redirects of a new redirector are wrong.</summary>
    public const string RedirectsNotProven = nameof(RedirectsNotProven);

    /// <summary>The inventory has no dynamic record, or none of that name.</summary>
    public const string DynamicDnsNotConfigured = nameof(DynamicDnsNotConfigured);

    /// <summary>The sources of this machine's public address do not agree, or too few answered. Nothing was written.</summary>
    public const string PublicIpUnknown = nameof(PublicIpUnknown);

    /// <summary>A condition of the dynamic update refused. Nothing was written.</summary>
    public const string DynamicDnsRefused = nameof(DynamicDnsRefused);

    /// <summary>Another process of this machine updates the same dynamic record.</summary>
    public const string DynamicDnsBusy = nameof(DynamicDnsBusy);

    /// <summary>Nobody could be told that the uplink has changed.</summary>
    public const string UplinkAlertFailed = nameof(UplinkAlertFailed);

    /// <summary>The sandbox could not start or was already stopped.</summary>
    public const string SandboxFailed = nameof(SandboxFailed);

    /// <summary>The drill did not end where it should.</summary>
    public const string DrillFailed = nameof(DrillFailed);

    /// <summary>A plan of zone changes is larger than its limits allow, or is not the one that was reviewed. Nothing was changed.</summary>
    public const string ZoneChangeRefused = nameof(ZoneChangeRefused);

    /// <summary>The inventory has no <c>owner</c>, which a sync needs.</summary>
    public const string OwnerMissing = nameof(OwnerMissing);

    /// <summary>A site's record was not made or mended: another inventory owns it, or it can't be changed here.</summary>
    public const string SiteNotSynced = nameof(SiteNotSynced);

    /// <summary>This machine can't be a witness: no shared key, or one that is too short.</summary>
    public const string WitnessNotConfigured = nameof(WitnessNotConfigured);

    /// <summary>The witness can't listen: the address is taken, or the certificate can't be used.</summary>
    public const string WitnessNotListening = nameof(WitnessNotListening);

    /// <summary>Another watcher works with the state database, or has taken it over.</summary>
    public const string WatcherBusy = nameof(WatcherBusy);
    /// <summary>Another process saves, or takes away generations of, the same site's mirror. Nothing was changed.</summary>
    public const string MirrorBusy = nameof(MirrorBusy);

    /// <summary>The mirror can't be kept on this machine: the disk is full, not writable, or a link is in the way. The current generation is what it was.</summary>
    public const string MirrorStoreFailed = nameof(MirrorStoreFailed);

    /// <summary>A run of a mirror ended, and its generation did not become current: it lost pages, or the site failed midway.</summary>
    public const string MirrorNotCurrent = nameof(MirrorNotCurrent);

    /// <summary>A file, crontab or task of that name was not written by Register-SiteWatch. Nothing was changed.</summary>
    public const string WatchRegistrationForeign = nameof(WatchRegistrationForeign);

    /// <summary>A command that registers the watch, or takes it away, failed.</summary>
    public const string WatchRegistrationFailed = nameof(WatchRegistrationFailed);

    /// <summary>An argument does not fit.</summary>
    public const string InvalidArgument = nameof(InvalidArgument);

    /// <summary>The change asks for a confirmation, and nobody can be asked.</summary>
    public const string ConfirmationRequired = nameof(ConfirmationRequired);

    /// <summary>The output could not be written to its end; the work went on.</summary>
    public const string OutputFailed = nameof(OutputFailed);

    /// <summary>Stopped from outside (Ctrl+C, a signal) before the end.</summary>
    public const string Interrupted = nameof(Interrupted);

    /// <summary>A notification channel did not take an alert.</summary>
    public const string AlertNotSent = nameof(AlertNotSent);

    /// <summary>The outbox has no such undelivered alert.</summary>
    public const string AlertNotFound = nameof(AlertNotFound);

    /// <summary>The inventory has no notification channel of that name, or none at all.</summary>
    public const string ChannelNotFound = nameof(ChannelNotFound);

    /// <summary>A failure that HostingOps has no better name for.</summary>
    public const string Unexpected = nameof(Unexpected);

    /// <summary>No site has a mirror there, or a text of the inventory cannot stand in a web server's configuration.</summary>
    public const string MirrorConfigInvalid = nameof(MirrorConfigInvalid);

    /// <summary>The real web server refuses the mirrors' configuration.</summary>
    public const string MirrorConfigRejected = nameof(MirrorConfigRejected);

    /// <summary>A generation could not be sent, or is not what was sent; the other host's current generation is untouched.</summary>
    public const string MirrorTransportFailed = nameof(MirrorTransportFailed);
}
