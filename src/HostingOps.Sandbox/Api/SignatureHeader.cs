using System.Text.RegularExpressions;
using HostingOps.Sandbox.Http;

namespace HostingOps.Sandbox.Api;

/// <summary>
/// The Authorization header of Signature Version 4: its shape and scope are checked as AWS does, the signature itself
/// is not, for the sandbox knows no secrets and takes any key.
/// </summary>
internal static partial class SignatureHeader
{
    /// <summary>The region that the request is signed for.</summary>
    /// <param name="request">The request.</param>
    /// <param name="service">The service that must be signed for, <c>route53</c> or <c>ec2</c>.</param>
    /// <param name="regions">The regions allowed, or null for any.</param>
    /// <exception cref="ApiException">MissingAuthenticationToken, IncompleteSignature, SignatureDoesNotMatch.</exception>
    public static string Check(HttpRequest request, string service, IReadOnlyList<string>? regions)
    {
        var header = request.Header("authorization");
        if (string.IsNullOrEmpty(header))
        {
            throw new ApiException(403, "MissingAuthenticationToken", "Missing Authentication Token");
        }

        var match = Shape().Match(header);
        if (!match.Success)
        {
            throw new ApiException(
                400, "IncompleteSignature", "The Authorization header is not of the form 'AWS4-HMAC-SHA256 Credential=..., SignedHeaders=..., Signature=...'.");
        }

        if (request.Header("x-amz-date") is null && request.Header("date") is null)
        {
            throw new ApiException(
                400, "IncompleteSignature", "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
        }

        if (!match.Groups["headers"].Value.Split(';').Contains("host", StringComparer.Ordinal))
        {
            throw new ApiException(403, "SignatureDoesNotMatch", "'Host' must be a 'SignedHeader' in the AWS Authorization.");
        }

        if (match.Groups["service"].Value != service)
        {
            throw new ApiException(
                403, "SignatureDoesNotMatch", $"Credential should be scoped to correct service: '{service}'. ");
        }

        var region = match.Groups["region"].Value;
        return regions is null || regions.Contains(region, StringComparer.Ordinal)
            ? region
            : throw new ApiException(
                403, "SignatureDoesNotMatch", $"Credential should be scoped to a valid region, not '{region}'. ");
    }

    [GeneratedRegex(
        @"^AWS4-HMAC-SHA256 +Credential=(?<key>[^/,\s]+)/(?<date>[0-9]{8})/(?<region>[a-z0-9-]+)/(?<service>[a-z0-9-]+)/aws4_request, *SignedHeaders=(?<headers>[a-z0-9;_.-]+), *Signature=(?<signature>[0-9a-f]{64})$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
