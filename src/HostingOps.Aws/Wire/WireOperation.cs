using System.Net;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace HostingOps.Aws.Wire;

/// <summary>One operation of a service: how its request is written and its answer read.</summary>
/// <param name="root">The local name of the answer's root element.</param>
/// <param name="write">Writes the request.</param>
/// <param name="read">Reads the answer; the second argument gives its headers.</param>
/// <param name="fail">Makes the service's exception.</param>
internal sealed class WireOperation<TRequest, TResponse>(
    string root,
    Func<TRequest, IRequest> write,
    Func<XElement, IWebResponseData, TResponse> read,
    Func<WireError, AmazonServiceException> fail)
    : XmlResponseUnmarshaller, IMarshaller<IRequest, AmazonWebServiceRequest>
    where TRequest : AmazonWebServiceRequest
    where TResponse : AmazonWebServiceResponse
{
    public InvokeOptions Options => new() { RequestMarshaller = this, ResponseUnmarshaller = this };

    public IRequest Marshall(AmazonWebServiceRequest input) => write((TRequest)input);

    // Whatever is wrong with an answer must leave as AmazonUnmarshallingException: the core retries that one on HTTP 200,
    // and on its asynchronous path it does not wrap other exceptions itself.
    public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext input)
    {
        var requestId = WireErrorReader.HeaderRequestId(input.ResponseData);
        try
        {
            var document = WireDocument.Load(input.Stream);
            if (document.Name.LocalName != root)
            {
                throw new AnswerUnreadableException($"XML with the root '{document.Name.LocalName}' instead of '{root}'", null);
            }

            var response = read(document, input.ResponseData);
            response.ResponseMetadata = new ResponseMetadata
            {
                RequestId = requestId.Length > 0 ? requestId : document.Text("requestId") ?? "",
            };
            return response;
        }
        catch (AnswerUnreadableException error)
        {
            throw WireErrorReader.Unreadable(error, requestId, input.ResponseData.StatusCode);
        }
        catch (Exception error) when (error is FormatException or OverflowException or ArgumentException)
        {
            throw WireErrorReader.Unreadable(
                new AnswerUnreadableException($"a '{root}' with a value of the wrong kind", error), requestId, input.ResponseData.StatusCode);
        }
    }

    public override AmazonServiceException UnmarshallException(XmlUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode) =>
        fail(WireErrorReader.Read(input, innerException, statusCode));
}
