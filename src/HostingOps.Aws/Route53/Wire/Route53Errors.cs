using Amazon.Route53.Model;
using Amazon.Runtime;
using HostingOps.Aws.Wire;

namespace Amazon.Route53.Wire;

/// <summary>Gives each error code its exception, as the official client does.</summary>
internal static class Route53Errors
{
    public static AmazonServiceException ToException(WireError e) => e.Code switch
    {
        "InvalidChangeBatch" => new InvalidChangeBatchException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status) { Messages = e.Messages },
        "NoSuchHostedZone" => new NoSuchHostedZoneException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        "NoSuchChange" => new NoSuchChangeException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        "NoSuchHealthCheck" => new NoSuchHealthCheckException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        "NoSuchDelegationSet" => new NoSuchDelegationSetException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        "PriorRequestNotComplete" => new PriorRequestNotCompleteException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        "Throttling" or "ThrottlingException" => new ThrottlingException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        "InvalidInput" => new InvalidInputException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        "InvalidDomainName" => new InvalidDomainNameException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        "InvalidVPCId" => new InvalidVPCIdException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        "HostedZoneAlreadyExists" => new HostedZoneAlreadyExistsException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        "HostedZoneNotEmpty" => new HostedZoneNotEmptyException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        "TooManyHostedZones" => new TooManyHostedZonesException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        "DelegationSetNotAvailable" => new DelegationSetNotAvailableException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        "DelegationSetNotReusable" => new DelegationSetNotReusableException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        "ConflictingDomainExists" => new ConflictingDomainExistsException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        "HealthCheckAlreadyExists" => new HealthCheckAlreadyExistsException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        "TooManyHealthChecks" => new TooManyHealthChecksException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        "IncompatibleVersion" => new IncompatibleVersionException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        _ => new AmazonRoute53Exception(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
    };
}
