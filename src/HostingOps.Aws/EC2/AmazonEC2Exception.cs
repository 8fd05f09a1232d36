using System.Net;
using Amazon.Runtime;

namespace Amazon.EC2;

/// <summary>An error that EC2 answered; its ErrorCode says which.</summary>
public class AmazonEC2Exception : AmazonServiceException
{
    /// <summary>Creates the error with a message.</summary>
    public AmazonEC2Exception(string message)
        : base(message)
    {
    }

    /// <summary>Creates the error with a message and its cause.</summary>
    public AmazonEC2Exception(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the error with its cause.</summary>
    public AmazonEC2Exception(Exception innerException)
        : base(innerException.Message, innerException)
    {
    }

    /// <summary>Creates the error from an answer of the service.</summary>
    public AmazonEC2Exception(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <summary>Creates the error from an answer of the service, with its cause.</summary>
    public AmazonEC2Exception(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
