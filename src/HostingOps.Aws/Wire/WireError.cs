using System.Net;
using Amazon.Runtime;

namespace HostingOps.Aws.Wire;

/// <summary>An error answer, as far as it could be read.</summary>
/// <param name="Code">AWS's code, or the HTTP status when there was none.</param>
/// <param name="Message">AWS's message.</param>
/// <param name="Type">Whose fault AWS says it is.</param>
/// <param name="RequestId">AWS's id of the request, or empty.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Messages">The several messages of a refused change batch, or null.</param>
/// <param name="Cause">The exception of the HTTP layer.</param>
internal sealed record WireError(
    string Code, string Message, ErrorType Type, string RequestId, HttpStatusCode Status, List<string>? Messages, Exception Cause);
