using System.Text.RegularExpressions;
using Amazon.Runtime;

namespace HostingOps.Engine.Aws;

/// <summary>Translates AWS's own error answers by their codes.</summary>
internal static partial class AwsAnswerTranslation
{
    public static HostingException Translate(AmazonServiceException error, object? target, string asked) => error.ErrorCode switch
    {
        "ExpiredToken" or "ExpiredTokenException" or "RequestExpired" or "TokenRefreshRequired" or "InvalidClientTokenId" or "UnrecognizedClient"
            or "UnrecognizedClientException" or "SignatureDoesNotMatch" or "InvalidSignatureException" or "InvalidAccessKeyId" or "AuthFailure"
            or "MissingAuthenticationToken" or "IncompleteSignature" or "InvalidIdentityToken" or "ExpiredIdentityToken"
            or "InvalidToken" or "UnauthorizedException" => Credentials(error, target, asked),
        "AccessDenied" or "AccessDeniedException" or "UnauthorizedOperation" or "NotAuthorized" or "NotAuthorizedException" or "OptInRequired"
            or "ForbiddenException" => Denied(error, target, asked),
        "NoSuchHostedZone" => new HostingException(
            ErrorIds.HostedZoneNotFound,
            HostingErrorCategory.ObjectNotFound,
            target,
            $"Route 53 knows no hosted zone of that id in this account (asked: {asked}).",
            "Check 'zone' and 'zoneId' in the inventory and that the AWS profile is of the account that holds the zone.",
            error),
        "InvalidInstanceID.NotFound" or "InvalidInstanceID.Malformed" => new HostingException(
            ErrorIds.InstanceNotFound,
            HostingErrorCategory.ObjectNotFound,
            target,
            $"EC2 knows no such instance in this account and region (asked: {asked}; it says: {error.Message?.TrimEnd('.')}).",
            "Check the id and the region; a terminated instance disappears after about an hour.",
            error),
        "InvalidAllocationID.NotFound" or "InvalidAddress.NotFound" or "InvalidAddress.Malformed" or "InvalidAllocationID.Malformed" => new HostingException(
            ErrorIds.ElasticIpNotFound,
            HostingErrorCategory.ObjectNotFound,
            target,
            $"The account has no such Elastic IP in this region (asked: {asked}; EC2 says: {error.Message?.TrimEnd('.')}).",
            "Check the address, the AWS profile and the region.",
            error),
        "InsufficientInstanceCapacity" or "Unsupported" or "InsufficientHostCapacity" => new HostingException(
            ErrorIds.InsufficientCapacity,
            HostingErrorCategory.ResourceUnavailable,
            target,
            $"EC2 cannot launch that instance type there now ({error.ErrorCode}): {error.Message?.TrimEnd('.')}.",
            "Use another availability zone (subnet) or another instance type.",
            error),
        "Throttling" or "ThrottlingException" or "ThrottledException" or "RequestThrottled" or "RequestThrottledException" or "RequestLimitExceeded"
            or "TooManyRequestsException" or "SlowDown" or "EC2ThrottledException" or "BandwidthLimitExceeded" => Throttled(error, target, asked),
        "PriorRequestNotComplete" => new HostingException(
            ErrorIds.AwsThrottled,
            HostingErrorCategory.LimitsExceeded,
            target,
            "Route 53 is still taking another change of the same hosted zone, and was after all retries.",
            "Try again in a minute; if it persists, find out what else writes to the zone.",
            error),
        _ => Failed(error, target, asked),
    };

    // The cause is not attached: for a wrong signature AWS quotes the signed request, session token included.
    private static HostingException Credentials(AmazonServiceException error, object? target, string asked)
    {
        var (seen, action) = error.ErrorCode switch
        {
            "ExpiredToken" or "ExpiredTokenException" or "TokenRefreshRequired" or "ExpiredIdentityToken" or "UnauthorizedException" =>
                ("they have expired", "Sign in again ('aws sso login'), or renew the session in the environment."),
            "RequestExpired" => ("the request's time is off", "Set this machine's clock (NTP)."),
            "SignatureDoesNotMatch" or "InvalidSignatureException" or "IncompleteSignature" =>
                ("the signature does not match", "Check the secret access key, and this machine's clock."),
            "MissingAuthenticationToken" => ("none came with the request", "Check that the endpoint URL is the service's own."),
            _ => ("AWS does not know them", "Check the access key id and the profile; a session needs its AWS_SESSION_TOKEN too."),
        };
        return new HostingException(
            ErrorIds.AwsCredentialsInvalid,
            HostingErrorCategory.AuthenticationError,
            target,
            $"AWS refused the credentials for {asked} ({error.ErrorCode}): {seen}.",
            action);
    }

    private static HostingException Denied(AmazonServiceException error, object? target, string asked)
    {
        // AWS may name another action than the one called (iam:PassRole for a launch): that is the one to allow.
        var named = ActionName().Match(error.Message ?? "");
        var action = named.Success ? named.Groups[1].Value : asked;
        var who = Principal().Match(error.Message ?? "");
        var explicitDeny = error.Message?.Contains("explicit deny", StringComparison.OrdinalIgnoreCase) == true;
        return new HostingException(
            ErrorIds.AwsAccessDenied,
            HostingErrorCategory.AuthenticationError,
            target,
            $"AWS does not allow {(who.Success ? who.Groups[1].Value : "the caller")} the action {action}{(explicitDeny ? ", by an explicit deny" : "")}.",
            explicitDeny
                ? $"Find the policy (also of the organization) that denies \"{action}\"."
                : $"Allow \"{action}\" in the IAM policy of the user or role; docs/iam.md has the smallest policy that works.",
            error);
    }

    private static HostingException Throttled(AmazonServiceException error, object? target, string asked) => new(
        ErrorIds.AwsThrottled,
        HostingErrorCategory.LimitsExceeded,
        target,
        $"AWS kept throttling {asked} after all retries ({error.ErrorCode}).",
        "Try again in a minute; other programs of the same AWS account share its limit.",
        error);

    private static HostingException Failed(AmazonServiceException error, object? target, string asked)
    {
        var category = (int)error.StatusCode switch
        {
            >= 500 or 0 => HostingErrorCategory.ConnectionError,
            _ when error.ErrorCode is "Resource.AlreadyAssociated" or "IdempotentParameterMismatch" => HostingErrorCategory.Conflict,
            404 => HostingErrorCategory.ObjectNotFound,
            _ => HostingErrorCategory.InvalidArgument,
        };
        var id = string.IsNullOrEmpty(error.RequestId) ? "" : $" (request {error.RequestId})";
        return new HostingException(
            ErrorIds.AwsRequestFailed,
            category,
            target,
            $"AWS answered {asked} with {error.ErrorCode}: {error.Message?.TrimEnd('.')}{id}.",
            category is HostingErrorCategory.ConnectionError ? "The fault is on AWS's side; try again." : null,
            error);
    }

    [GeneratedRegex(@"not authorized to perform:? ([a-zA-Z0-9-]+:[A-Za-z0-9*]+)")]
    private static partial Regex ActionName();

    [GeneratedRegex(@"(arn:aws[a-z-]*:(?:iam|sts)::[^\s]+) is not authorized")]
    private static partial Regex Principal();
}
