// SPDX-License-Identifier: Apache-2.0
package com.acme;

public class Main {

  public static void main(String[] args) {
    System.out.println(new Orders().charge("a") + " " + AuditFactory.TRAIL);
  }
}
