using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SecurityToken.Model;
using HostingOps.Aws.Wire;

namespace Amazon.SecurityToken.Wire;

/// <summary>The operations, in the terms of the STS model of 2011-06-15: a form in, XML out.</summary>
internal static class SecurityTokenOperations
{
    private const string Version = "2011-06-15";

    public static WireOperation<AssumeRoleRequest, AssumeRoleResponse> AssumeRole { get; } = Define<AssumeRoleRequest, AssumeRoleResponse>(
        static (form, r) =>
        {
            form.Add("ExternalId", r.ExternalId);
            form.Add("RoleArn", r.RoleArn);
            form.Add("RoleSessionName", r.RoleSessionName);
        },
        static result => new() { Credentials = result.Child("Credentials", Credentials) });

    public static WireOperation<AssumeRoleWithWebIdentityRequest, AssumeRoleWithWebIdentityResponse> AssumeRoleWithWebIdentity { get; } =
        Define<AssumeRoleWithWebIdentityRequest, AssumeRoleWithWebIdentityResponse>(
            static (form, r) =>
            {
                form.Add("RoleArn", r.RoleArn);
                form.Add("RoleSessionName", r.RoleSessionName);
                form.Add("WebIdentityToken", r.WebIdentityToken);
            },
            static result => new() { Credentials = result.Child("Credentials", Credentials) });

    private static Credentials Credentials(XElement e) => new()
    {
        AccessKeyId = e.Text("AccessKeyId"),
        SecretAccessKey = e.Text("SecretAccessKey"),
        SessionToken = e.Text("SessionToken"),
        Expiration = e.Time("Expiration"),
    };

    private static WireOperation<TRequest, TResponse> Define<TRequest, TResponse>(
        Action<QueryForm, TRequest> write, Func<XElement, TResponse> read)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse
    {
        var action = typeof(TRequest).Name[..^"Request".Length];
        return new(
            typeof(TResponse).Name,
            request => Form(action, request, write),
            (e, _) => read(e.Named(action + "Result") ?? throw new FormatException($"No {action}Result.")),
            static e => new AmazonSecurityTokenServiceException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status));
    }

    private static DefaultRequest Form<TRequest>(string action, TRequest request, Action<QueryForm, TRequest> write)
        where TRequest : AmazonWebServiceRequest
    {
        var result = new DefaultRequest(request, "Amazon.SecurityToken") { HttpMethod = "POST", ResourcePath = "/" };
        result.Parameters.Add("Action", action);
        result.Parameters.Add("Version", Version);
        write(new QueryForm(result.ParameterCollection), request);
        return result;
    }
}
