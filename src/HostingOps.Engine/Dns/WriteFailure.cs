namespace HostingOps.Engine.Dns;

/// <summary>What a failed write to AWS says about the world.</summary>
internal enum WriteFailureKind
{
    /// <summary>AWS refused before doing anything.</summary>
    NothingHappened,

    /// <summary>AWS did nothing and wants the request again later.</summary>
    AskedToWait,

    /// <summary>The write may have happened: a time-out, a 5xx, an unreadable answer.</summary>
    MayHaveHappened,
}

/// <summary>Sorts failed writes.</summary>
internal static class WriteFailure
{
    public static WriteFailureKind Classify(HostingException error) => error.ErrorId switch
    {
        ErrorIds.AwsCredentialsMissing or ErrorIds.AwsCredentialsInvalid or ErrorIds.AwsProfileNotFound
            or ErrorIds.AwsRegionMissing or ErrorIds.AwsAccessDenied or ErrorIds.HostedZoneNotFound
            or ErrorIds.RecordNotSwitchable or ErrorIds.InstanceNotFound or ErrorIds.ElasticIpNotFound or ErrorIds.InsufficientCapacity => WriteFailureKind.NothingHappened,
        ErrorIds.AwsThrottled => WriteFailureKind.AskedToWait,
        ErrorIds.AwsRequestFailed when error.Category is HostingErrorCategory.InvalidArgument or HostingErrorCategory.Conflict => WriteFailureKind.NothingHappened,
        _ => WriteFailureKind.MayHaveHappened,
    };
}
