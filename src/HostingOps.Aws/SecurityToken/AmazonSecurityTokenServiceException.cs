using System.Net;
using Amazon.Runtime;

namespace Amazon.SecurityToken;

/// <summary>An error that STS answered; its ErrorCode says which.</summary>
public class AmazonSecurityTokenServiceException : AmazonServiceException
{
    /// <summary>Creates the error with a message.</summary>
    public AmazonSecurityTokenServiceException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the error with a message and its cause.</summary>
    public AmazonSecurityTokenServiceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the error with its cause.</summary>
    public AmazonSecurityTokenServiceException(Exception innerException)
        : base(innerException.Message, innerException)
    {
    }

    /// <summary>Creates the error from an answer of the service.</summary>
    public AmazonSecurityTokenServiceException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <summary>Creates the error from an answer of the service, with its cause.</summary>
    public AmazonSecurityTokenServiceException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
