using System.Globalization;
using System.Net;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace HostingOps.Aws.Wire;

/// <summary>Reads the error bodies of both protocols: Route 53's ErrorResponse and InvalidChangeBatch, EC2's Response.</summary>
internal static class WireErrorReader
{
    /// <exception cref="AmazonUnmarshallingException">The answer isn't AWS's, and its status does not ask to try again.</exception>
    public static WireError Read(XmlUnmarshallerContext context, Exception cause, HttpStatusCode status)
    {
        var headerId = HeaderRequestId(context.ResponseData);
        XElement root;
        try
        {
            root = WireDocument.Load(context.Stream);
        }
        catch (AnswerUnreadableException unreadable)
        {
            // A load balancer's own page with a 5xx is worth the retries that the core makes for the status alone.
            return (int)status >= 500
                ? new WireError(StatusCode(status), unreadable.Message, ErrorType.Receiver, headerId, status, null, cause)
                : throw Unreadable(unreadable, headerId, status);
        }

        var error = Find(root);
        var code = error?.Text("Code");
        if (root.Name.LocalName == "InvalidChangeBatch")
        {
            code = "InvalidChangeBatch";
        }

        if (code is null)
        {
            var unreadable = new AnswerUnreadableException($"XML without an error code (its root is '{root.Name.LocalName}')", null);
            return (int)status >= 500
                ? new WireError(StatusCode(status), unreadable.Message, ErrorType.Receiver, headerId, status, null, cause)
                : throw Unreadable(unreadable, headerId, status);
        }

        var messages = root.Named("Messages")?.Elements().Select(static message => message.Value).ToList();
        var message = error?.Text("Message") ?? error?.Text("message")
            ?? (messages is { Count: > 0 } ? string.Join(" ", messages) : root.Text("message") ?? code);
        var type = error?.Text("Type") == "Receiver" || (int)status >= 500 ? ErrorType.Receiver : ErrorType.Sender;
        var id = root.Text("RequestId") ?? root.Text("RequestID") ?? headerId;
        return new WireError(code, message, type, id, status, messages ?? (code == "InvalidChangeBatch" ? [message] : null), cause);
    }

    public static string HeaderRequestId(IWebResponseData response)
    {
        var id = response.GetHeaderValue("x-amzn-RequestId");
        return string.IsNullOrEmpty(id) ? response.GetHeaderValue("x-amz-request-id") ?? "" : id;
    }

    public static AmazonUnmarshallingException Unreadable(AnswerUnreadableException what, string requestId, HttpStatusCode status) =>
        new(requestId, lastKnownLocation: "", what, status);

    private static XElement? Find(XElement root) => root.Name.LocalName switch
    {
        "Error" => root,
        "Response" => root.Named("Errors")?.Named("Error"),
        _ => root.Named("Error"),
    };

    private static string StatusCode(HttpStatusCode status) => string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)status}");
}
