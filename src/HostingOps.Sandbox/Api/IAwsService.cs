using HostingOps.Sandbox.Http;

namespace HostingOps.Sandbox.Api;

/// <summary>One AWS service behind the shared endpoint.</summary>
internal interface IAwsService
{
    /// <summary>Whether the request is meant for this service, by its path and body.</summary>
    bool Owns(HttpRequest request);

    /// <summary>The name of the action asked for.</summary>
    /// <exception cref="ApiException">There is no such action.</exception>
    string ActionOf(HttpRequest request);

    /// <summary>Checks the signature's shape and scope, and the token buckets.</summary>
    /// <exception cref="ApiException">The call may not go on.</exception>
    void Admit(HttpRequest request, string action);

    /// <summary>Carries the call out.</summary>
    /// <exception cref="ApiException">The service refuses it.</exception>
    Task<HttpAnswer> CallAsync(HttpRequest request, string action, string requestId, CancellationToken cancellationToken);

    /// <summary>The service's own form of an error.</summary>
    HttpAnswer Error(ApiException error, string requestId);

    /// <summary>The error that the service gives for a failure laid in wait.</summary>
    ApiException FaultError(SandboxApiFault fault, HttpRequest request, string action);
}
