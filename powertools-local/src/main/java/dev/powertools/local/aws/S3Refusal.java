// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

/** What S3 does not do, and the error that it answers. */
final class S3Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ErrorAnswer error;

  private S3Refusal(ErrorAnswer error) {
    super(error.code() + ": " + error.message());
    this.error = error;
  }

  static S3Refusal of(int status, String code, String message) {
    return new S3Refusal(new ErrorAnswer(status, code, message));
  }

  static S3Refusal noSuchBucket() {
    return of(404, "NoSuchBucket", "The specified bucket does not exist");
  }

  static S3Refusal noSuchKey() {
    return of(404, "NoSuchKey", "The specified key does not exist.");
  }

  static S3Refusal noSuchUpload() {
    return of(
        404,
        "NoSuchUpload",
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have"
            + " been aborted or completed.");
  }

  static S3Refusal invalid(String message) {
    return of(400, "InvalidArgument", message);
  }

  static S3Refusal notImplemented(String operation) {
    return of(501, "NotImplemented", operation + " is not one of the operations of this fake");
  }

  AwsAnswer answer(AwsRequest request) {
    return Protocol.REST_XML.error(request, error);
  }
}
