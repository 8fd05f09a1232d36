using System.Net;
using Amazon.Runtime;

namespace Amazon.Route53;

/// <summary>An error that Route 53 answered.</summary>
public class AmazonRoute53Exception : AmazonServiceException
{
    /// <summary>Creates the error with a message.</summary>
    public AmazonRoute53Exception(string message)
        : base(message)
    {
    }

    /// <summary>Creates the error with a message and its cause.</summary>
    public AmazonRoute53Exception(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the error with its cause.</summary>
    public AmazonRoute53Exception(Exception innerException)
        : base(innerException.Message, innerException)
    {
    }

    /// <summary>Creates the error from an answer of the service.</summary>
    public AmazonRoute53Exception(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <summary>Creates the error from an answer of the service, with its cause.</summary>
    public AmazonRoute53Exception(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
